"""Small texts, one for each thing the grammar has, with the places of their triples.

A row stands for a triple: where subject, predicate and object begin, and what stands
there. Blank nodes in brackets come before the triple that they are the object of.
"""

from __future__ import annotations

# Name, text, and the places of each triple.
CASES: list[tuple[str, str, list[str]]] = [
    (
        "subject, predicate and object as IRIs",
        "<u:s> <u:p> <u:o> .",
        ["1:1 <u:s>  1:7 <u:p>  1:13 <u:o>"],
    ),
    ("prefixed names", "@prefix : <u:> .\n:s :p :o .", ["2:1 :s  2:4 :p  2:7 :o"]),
    ("default prefix alone", "@prefix : <u:> .\n: : : .", ["2:1 :  2:3 :  2:5 :"]),
    (
        "name that begins with a digit",
        "@prefix : <u:> .\n:1 :2a :3 .",
        ["2:1 :1  2:4 :2a  2:8 :3"],
    ),
    (
        "name with dots, dash and colon",
        "@prefix : <u:> .\n:a.b-c:d :p :x.y .",
        ["2:1 :a.b-c:d  2:10 :p  2:13 :x.y"],
    ),
    (
        "name with percent and escapes",
        "@prefix : <u:> .\n:a%20b :p :c\\~d\\.e .",
        ["2:1 :a%20b  2:8 :p  2:11 :c\\~d\\.e"],
    ),
    (
        "dot right behind a name",
        "@prefix : <u:> .\n:s :p :o.",
        ["2:1 :s  2:4 :p  2:7 :o"],
    ),
    ("a for rdf:type", "@prefix : <u:> .\n:s a :C .", ["2:1 :s  2:4 a  2:6 :C"]),
    (
        "object list",
        "@prefix : <u:> .\n:s :p :a , :b,:c .",
        [
            "2:1 :s  2:4 :p  2:7 :a",
            "2:1 :s  2:4 :p  2:12 :b",
            "2:1 :s  2:4 :p  2:15 :c",
        ],
    ),
    (
        "object list over lines",
        "@prefix : <u:> .\n:s :p\n    :a ,\n    :b .",
        ["2:1 :s  2:4 :p  3:5 :a", "2:1 :s  2:4 :p  4:5 :b"],
    ),
    (
        "predicate list",
        "@prefix : <u:> .\n:s :p :a ; :q :b .",
        ["2:1 :s  2:4 :p  2:7 :a", "2:1 :s  2:12 :q  2:15 :b"],
    ),
    (
        "semicolons without anything between",
        "@prefix : <u:> .\n:s :p :a ;; ; :q :b ;\n .",
        ["2:1 :s  2:4 :p  2:7 :a", "2:1 :s  2:15 :q  2:18 :b"],
    ),
    (
        "semicolon at the end",
        "@prefix : <u:> .\n:s :p :a ; .",
        ["2:1 :s  2:4 :p  2:7 :a"],
    ),
    (
        "predicate and object list",
        "@prefix : <u:> .\n:s :p :a, :b ; :q :c .",
        [
            "2:1 :s  2:4 :p  2:7 :a",
            "2:1 :s  2:4 :p  2:11 :b",
            "2:1 :s  2:16 :q  2:19 :c",
        ],
    ),
    (
        "two statements in a line",
        "@prefix : <u:> .\n:s :p :a . :t :q :b .",
        ["2:1 :s  2:4 :p  2:7 :a", "2:12 :t  2:15 :q  2:18 :b"],
    ),
    (
        "same subject twice",
        "@prefix : <u:> .\n:s :p :a .\n:s :q :b .",
        ["2:1 :s  2:4 :p  2:7 :a", "3:1 :s  3:4 :q  3:7 :b"],
    ),
    (
        "same triple twice",
        "@prefix : <u:> .\n:s :p :a , :a .",
        ["2:1 :s  2:4 :p  2:7 :a", "2:1 :s  2:4 :p  2:12 :a"],
    ),
    (
        "labelled blank nodes",
        "@prefix : <u:> .\n_:a :p _:b .",
        ["2:1 _:a  2:5 :p  2:8 _:b"],
    ),
    (
        "label with a dot inside",
        "@prefix : <u:> .\n_:a.b :p _:1 .",
        ["2:1 _:a.b  2:7 :p  2:10 _:1"],
    ),
    ("anonymous object", "@prefix : <u:> .\n:s :p [] .", ["2:1 :s  2:4 :p  2:7 []"]),
    (
        "anonymous with blanks inside",
        "@prefix : <u:> .\n:s :p [ \n ] .",
        ["2:1 :s  2:4 :p  2:7 [ \n ]"],
    ),
    ("anonymous subject", "@prefix : <u:> .\n[] :p :o .", ["2:1 [  2:4 :p  2:7 :o"]),
    (
        "blank node with properties",
        "@prefix : <u:> .\n:s :p [ :q :o ] .",
        ["2:7 [  2:9 :q  2:12 :o", "2:1 :s  2:4 :p  2:7 [ :q :o ]"],
    ),
    (
        "blank node over lines",
        "@prefix : <u:> .\n:s :p [\n    :q :o ;\n    :r 1\n] .",
        [
            "2:7 [  3:5 :q  3:8 :o",
            "2:7 [  4:5 :r  4:8 1",
            "2:1 :s  2:4 :p  2:7 [\n    :q :o ;\n    :r 1\n]",
        ],
    ),
    (
        "blank nodes in each other",
        "@prefix : <u:> .\n:s :p [ :q [ :r :o ] ] .",
        [
            "2:12 [  2:14 :r  2:17 :o",
            "2:7 [  2:9 :q  2:12 [ :r :o ]",
            "2:1 :s  2:4 :p  2:7 [ :q [ :r :o ] ]",
        ],
    ),
    (
        "blank node among other objects",
        "@prefix : <u:> .\n:s :p :a , [ :q 1 ] , :b .",
        [
            "2:1 :s  2:4 :p  2:7 :a",
            "2:12 [  2:14 :q  2:17 1",
            "2:1 :s  2:4 :p  2:12 [ :q 1 ]",
            "2:1 :s  2:4 :p  2:23 :b",
        ],
    ),
    (
        "blank node as subject with more",
        "@prefix : <u:> .\n[ :p :a ] :q :b .",
        ["2:1 [  2:3 :p  2:6 :a", "2:1 [  2:11 :q  2:14 :b"],
    ),
    (
        "blank node as subject alone",
        "@prefix : <u:> .\n[ :p :a ] .",
        ["2:1 [  2:3 :p  2:6 :a"],
    ),
    (
        "semicolon in a bracket",
        "@prefix : <u:> .\n:s :p [ :q :a ; ] .",
        ["2:7 [  2:9 :q  2:12 :a", "2:1 :s  2:4 :p  2:7 [ :q :a ; ]"],
    ),
    ("empty list", "@prefix : <u:> .\n:s :p () .", ["2:1 :s  2:4 :p  2:7 ()"]),
    (
        "list",
        "@prefix : <u:> .\n:s :p ( :a :b ) .",
        [
            "2:9 :a  2:9 :a  2:9 :a",
            "2:9 :a  2:9 :a  2:12 :b",
            "2:12 :b  2:12 :b  2:12 :b",
            "2:12 :b  2:12 :b  2:15 )",
            "2:1 :s  2:4 :p  2:7 ( :a :b )",
        ],
    ),
    (
        "list of one",
        "@prefix : <u:> .\n:s :p ( :a ) .",
        [
            "2:9 :a  2:9 :a  2:9 :a",
            "2:9 :a  2:9 :a  2:12 )",
            "2:1 :s  2:4 :p  2:7 ( :a )",
        ],
    ),
    (
        "list over lines",
        "@prefix : <u:> .\n:s :p (\n  1\n  2\n) .",
        [
            "3:3 1  3:3 1  3:3 1",
            "3:3 1  3:3 1  4:3 2",
            "4:3 2  4:3 2  4:3 2",
            "4:3 2  4:3 2  5:1 )",
            "2:1 :s  2:4 :p  2:7 (\n  1\n  2\n)",
        ],
    ),
    (
        "list in a list",
        "@prefix : <u:> .\n:s :p ( ( 1 ) 2 ) .",
        [
            "2:11 1  2:11 1  2:11 1",
            "2:11 1  2:11 1  2:13 )",
            "2:9 (  2:9 ( 1 )  2:9 ( 1 )",
            "2:9 (  2:9 ( 1 )  2:15 2",
            "2:15 2  2:15 2  2:15 2",
            "2:15 2  2:15 2  2:17 )",
            "2:1 :s  2:4 :p  2:7 ( ( 1 ) 2 )",
        ],
    ),
    (
        "list of blank nodes",
        "@prefix : <u:> .\n:s :p ( [ :q 1 ] [] ) .",
        [
            "2:9 [  2:11 :q  2:14 1",
            "2:9 [  2:9 [ :q 1 ]  2:9 [ :q 1 ]",
            "2:9 [  2:9 [ :q 1 ]  2:18 []",
            "2:18 [  2:18 []  2:18 []",
            "2:18 [  2:18 []  2:21 )",
            "2:1 :s  2:4 :p  2:7 ( [ :q 1 ] [] )",
        ],
    ),
    (
        "list as subject",
        "@prefix : <u:> .\n( 1 ) :p :o .",
        ["2:3 1  2:3 1  2:3 1", "2:3 1  2:3 1  2:5 )", "2:1 (  2:7 :p  2:10 :o"],
    ),
    (
        "list of literals",
        '@prefix : <u:> .\n:s :p ( "a"@en "1"^^:t ) .',
        [
            '2:9 "a"@en  2:9 "a"@en  2:9 "a"@en',
            '2:9 "a"@en  2:9 "a"@en  2:16 "1"^^:t',
            '2:16 "1"^^:t  2:16 "1"^^:t  2:16 "1"^^:t',
            '2:16 "1"^^:t  2:16 "1"^^:t  2:24 )',
            '2:1 :s  2:4 :p  2:7 ( "a"@en "1"^^:t )',
        ],
    ),
    (
        "list inside a bracket",
        "@prefix : <u:> .\n:s :p [ :q ( 1 ) ] .",
        [
            "2:14 1  2:14 1  2:14 1",
            "2:14 1  2:14 1  2:16 )",
            "2:7 [  2:9 :q  2:12 ( 1 )",
            "2:1 :s  2:4 :p  2:7 [ :q ( 1 ) ]",
        ],
    ),
    ("string", '@prefix : <u:> .\n:s :p "text" .', ['2:1 :s  2:4 :p  2:7 "text"']),
    (
        "string in single quotes",
        "@prefix : <u:> .\n:s :p 'it' .",
        ["2:1 :s  2:4 :p  2:7 'it'"],
    ),
    (
        "empty strings",
        "@prefix : <u:> .\n:s :p \"\" , '' .",
        ['2:1 :s  2:4 :p  2:7 ""', "2:1 :s  2:4 :p  2:12 ''"],
    ),
    (
        "string with escapes",
        '@prefix : <u:> .\n:s :p "a\\"b\\\\\\n\\u00E9" .',
        ['2:1 :s  2:4 :p  2:7 "a\\"b\\\\\\n\\u00E9"'],
    ),
    (
        "string with what looks like syntax",
        '@prefix : <u:> .\n:s :p "# ; . ] <u:x>" ; :q 1 .',
        ['2:1 :s  2:4 :p  2:7 "# ; . ] <u:x>"', "2:1 :s  2:25 :q  2:28 1"],
    ),
    (
        "long string",
        '@prefix : <u:> .\n:s :p """one\ntwo""" ; :q 1 .',
        ['2:1 :s  2:4 :p  2:7 """one\ntwo"""', "2:1 :s  3:10 :q  3:13 1"],
    ),
    (
        "long string in single quotes",
        "@prefix : <u:> .\n:s :p '''one\n'' two''' .",
        ["2:1 :s  2:4 :p  2:7 '''one\n'' two'''"],
    ),
    (
        "long string with quotes inside",
        '@prefix : <u:> .\n:s :p """a "b" ""c""" .',
        ['2:1 :s  2:4 :p  2:7 """a "b" ""c"""'],
    ),
    (
        "empty long string",
        '@prefix : <u:> .\n:s :p """""" .',
        ['2:1 :s  2:4 :p  2:7 """"""'],
    ),
    (
        "language tag",
        '@prefix : <u:> .\n:s :p "a"@en , "b"@en-GB .',
        ['2:1 :s  2:4 :p  2:7 "a"@en', '2:1 :s  2:4 :p  2:16 "b"@en-GB'],
    ),
    (
        "language tag on a long string",
        '@prefix : <u:> .\n:s :p """a\nb"""@en .',
        ['2:1 :s  2:4 :p  2:7 """a\nb"""@en'],
    ),
    (
        "datatype by name",
        '@prefix : <u:> .\n:s :p "1"^^:t .',
        ['2:1 :s  2:4 :p  2:7 "1"^^:t'],
    ),
    (
        "datatype by IRI",
        '@prefix : <u:> .\n:s :p "1"^^<u:t> .',
        ['2:1 :s  2:4 :p  2:7 "1"^^<u:t>'],
    ),
    (
        "datatype with blanks before it",
        '@prefix : <u:> .\n:s :p "1" ^^ :t .',
        ['2:1 :s  2:4 :p  2:7 "1" ^^ :t'],
    ),
    (
        "integers",
        "@prefix : <u:> .\n:s :p 1 , -2, +3 .",
        ["2:1 :s  2:4 :p  2:7 1", "2:1 :s  2:4 :p  2:11 -2", "2:1 :s  2:4 :p  2:15 +3"],
    ),
    (
        "integer with leading zeros",
        "@prefix : <u:> .\n:s :p 007 .",
        ["2:1 :s  2:4 :p  2:7 007"],
    ),
    (
        "decimals",
        "@prefix : <u:> .\n:s :p 1.5 , -.5 , +0.0 .",
        [
            "2:1 :s  2:4 :p  2:7 1.5",
            "2:1 :s  2:4 :p  2:13 -.5",
            "2:1 :s  2:4 :p  2:19 +0.0",
        ],
    ),
    (
        "doubles",
        "@prefix : <u:> .\n:s :p 1e3 , -1.5E-3 , .5e0 , 1.E+1 .",
        [
            "2:1 :s  2:4 :p  2:7 1e3",
            "2:1 :s  2:4 :p  2:13 -1.5E-3",
            "2:1 :s  2:4 :p  2:23 .5e0",
            "2:1 :s  2:4 :p  2:30 1.E+1",
        ],
    ),
    (
        "integer and the dot behind it",
        "@prefix : <u:> .\n:s :p 1.",
        ["2:1 :s  2:4 :p  2:7 1"],
    ),
    (
        "booleans",
        "@prefix : <u:> .\n:s :p true , false .",
        ["2:1 :s  2:4 :p  2:7 true", "2:1 :s  2:4 :p  2:14 false"],
    ),
    (
        "relative IRI by @base",
        "@base <http://e/x/> .\n<s> <#p> <../o> .",
        ["2:1 <s>  2:5 <#p>  2:10 <../o>"],
    ),
    (
        "base twice",
        "@base <http://e/x/> . @base <y/> .\n<s> <p> <o> .",
        ["2:1 <s>  2:5 <p>  2:9 <o>"],
    ),
    ("SPARQL's PREFIX", "PREFIX : <u:>\n:s :p :o .", ["2:1 :s  2:4 :p  2:7 :o"]),
    (
        "SPARQL's prefix in lower case",
        "prefix e: <u:> e:s e:p e:o .",
        ["1:16 e:s  1:20 e:p  1:24 e:o"],
    ),
    ("SPARQL's BASE", "base <http://e/>\n<s> <p> <o> .", ["2:1 <s>  2:5 <p>  2:9 <o>"]),
    (
        "prefix declared anew",
        "@prefix : <u:> .\n:s :p :o .\n@prefix : <v:> .\n:s :p :o .",
        ["2:1 :s  2:4 :p  2:7 :o", "4:1 :s  4:4 :p  4:7 :o"],
    ),
    (
        "prefix between statements",
        "@prefix : <u:> .\n:s :p :o . PREFIX e: <v:> e:s e:p e:o .",
        ["2:1 :s  2:4 :p  2:7 :o", "2:27 e:s  2:31 e:p  2:35 e:o"],
    ),
    (
        "IRI with an escape",
        "<u:\\u00E9> <u:p> <u:\\U000000E9> .",
        ["1:1 <u:\\u00E9>  1:12 <u:p>  1:18 <u:\\U000000E9>"],
    ),
    (
        "comment lines",
        "@prefix : <u:> .\n# :x :y :z .\n:s :p :o . # end",
        ["3:1 :s  3:4 :p  3:7 :o"],
    ),
    (
        "comment inside a statement",
        "@prefix : <u:> .\n:s # subject\n  :p # predicate\n  :o # object\n.",
        ["2:1 :s  3:3 :p  4:3 :o"],
    ),
    (
        "hash inside an IRI",
        "<u:s#a> <u:p#> <u:o#b> . # c",
        ["1:1 <u:s#a>  1:9 <u:p#>  1:16 <u:o#b>"],
    ),
    (
        "tabs count as one column",
        "@prefix : <u:> .\n\t:s\t:p\t:o .",
        ["2:2 :s  2:5 :p  2:8 :o"],
    ),
    (
        "CRLF",
        "@prefix : <u:> .\r\n:s :p\r\n  :o ;\r\n  :q 1 .",
        ["2:1 :s  2:4 :p  3:3 :o", "2:1 :s  4:3 :q  4:6 1"],
    ),
    (
        "CR alone",
        "@prefix : <u:> .\r:s :p\r  :o ;\r  :q 1 .",
        ["2:1 :s  2:4 :p  3:3 :o", "2:1 :s  4:3 :q  4:6 1"],
    ),
    (
        "mixed line ends",
        "@prefix : <u:> .\r:a :p 1 .\r\n:b :p 1 .\n\r:c :p 1 .",
        ["2:1 :a  2:4 :p  2:7 1", "3:1 :b  3:4 :p  3:7 1", "5:1 :c  5:4 :p  5:7 1"],
    ),
    (
        "CRLF inside a long string",
        '@prefix : <u:> .\n:s :p """a\r\nb""" ;\r\n :q 1 .',
        ['2:1 :s  2:4 :p  2:7 """a\r\nb"""', "2:1 :s  4:2 :q  4:5 1"],
    ),
    (
        "byte order mark",
        "\ufeff<u:s> <u:p> <u:o> .",
        ["1:1 <u:s>  1:7 <u:p>  1:13 <u:o>"],
    ),
    (
        "byte order mark and lines",
        "\ufeff@prefix : <u:> .\n:s :p :o .",
        ["2:1 :s  2:4 :p  2:7 :o"],
    ),
    (
        "characters outside the basic plane",
        '@prefix : <u:> .\n:s :p "\U0001f600" , :o .',
        ['2:1 :s  2:4 :p  2:7 "😀"', "2:1 :s  2:4 :p  2:13 :o"],
    ),
    (
        "letters with accents",
        "@prefix : <u:> .\n:é :ñ :ü .",
        ["2:1 :é  2:4 :ñ  2:7 :ü"],
    ),
    (
        "no blanks at all",
        '@prefix :<u:>.<u:s><u:p><u:o>,:q;:r[:t(1 2)],"x"@en.',
        [
            "1:15 <u:s>  1:20 <u:p>  1:25 <u:o>",
            "1:15 <u:s>  1:20 <u:p>  1:31 :q",
            "1:40 1  1:40 1  1:40 1",
            "1:40 1  1:40 1  1:42 2",
            "1:42 2  1:42 2  1:42 2",
            "1:42 2  1:42 2  1:43 )",
            "1:36 [  1:37 :t  1:39 (1 2)",
            "1:15 <u:s>  1:34 :r  1:36 [:t(1 2)]",
            '1:15 <u:s>  1:34 :r  1:46 "x"@en',
        ],
    ),
    ("nothing", "", []),
    ("comment alone", "# nothing", []),
    ("no end of line", "@prefix : <u:> .\n:s :p :o .", ["2:1 :s  2:4 :p  2:7 :o"]),
]
