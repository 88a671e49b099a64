"""The catalogue for harvesters: DCAT-AP 3, as JSON-LD and as Turtle (data.gouv.fr, data.europa.eu)."""
