"""Plain words read as one of the questions, without a language model.

The words are looked up in the lexicon of the graph, ranked against the phrasings
of the questions, and answered only where every word is known and one question
stands clear of the rest. What the sources do not report is an outcome of its own.
"""
