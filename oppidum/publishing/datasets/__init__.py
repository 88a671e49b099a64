"""Open data (données ouvertes): datasets declared, published with their schema, kept in versions. CRPA, art. L312-1-1 to L312-1-3, L324-1.

declaration.py   what a dataset is: columns, source, licence, what of persons is removed, the k of its check
catalogue.py     all of them, checked at start
reading.py       rows from SQL, coarsened as declared
anonymity.py     groups smaller than k: refused, suppressed or coarsened, told with numbers
publishing.py    aside, validated, compared, then renamed into its place as a new version
"""
