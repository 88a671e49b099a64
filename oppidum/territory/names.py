"""French names of places in a sentence: "à Arles", "au Rove", "aux Pennes-Mirabeau", "d'Aubagne"."""

# INSEE's "type de nom en clair" (TNCC): the article that stands before the name.
ARTICLES = {2: "Le ", 3: "La ", 4: "Les ", 5: "L'", 6: "Aux ", 7: "Las ", 8: "Los "}
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæh"


def with_article(name: str, name_type: int) -> str:
    """INSEE's bare name with its article: ("Ciotat", 3) -> "La Ciotat"."""
    return ARTICLES.get(name_type, "") + name


def at_name(name: str) -> str:
    """The name as it follows "à"."""
    return _contracted(name, "au ", "aux ") or f"à {name}"


def of_name(name: str) -> str:
    """The name as it follows "de". An initial h is taken as mute, as in nearly all names ("d'Hyères")."""
    contracted = _contracted(name, "du ", "des ")
    if contracted:
        return contracted
    return f"d'{name}" if name[:1].lower() in _VOWELS else f"de {name}"


def _contracted(name: str, singular: str, plural: str) -> str:
    for article, short in (("Le ", singular), ("Les ", plural)):
        if name.startswith(article):
            return short + name.removeprefix(article)
    return ""
