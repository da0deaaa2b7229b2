"""How strong the shapes are: valid data broken on purpose, and shapes weakened.

``making`` gives the mutants of a graph, ``trial`` judges them, ``loosened`` does the
same with the shapes and the folder of examples, ``score`` counts.
"""
