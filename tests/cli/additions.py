"""A claim that is added to the small project."""

ADDITION = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .

id:second a vom:EffectEstimate ;
    skos:prefLabel "the second"@en ;
    vom:locatedIn id:place ;
    vom:reportedBy id:source .
"""
