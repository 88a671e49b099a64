"""A small service with every kind of question: leave to hold a party in one's street. For tests of the portal."""

from oppidum.cases.declaration import (
    PAPERS,
    STAY,
    Action,
    Address,
    Choice,
    Clock,
    Computed,
    Contact,
    Day,
    Fee,
    FeeLine,
    Files,
    Flow,
    Form,
    Ineligible,
    Items,
    Money,
    Number,
    Page,
    Party,
    Period,
    Place,
    Service,
    Since,
    Statement,
    Text,
    YesNo,
    answer,
    dated,
    end,
    items,
    money,
    money_moves,
    months,
    step,
)

WHY = {"late": "Trop tard dans la saison", "road": "La rue est une voie de secours"}
grant = Action("grant", "Accorder", by="act")
refuse = Action("refuse", "Refuser", by="act", demands={"reason": Choice("Motif", WHY, required=True)})
ask_papers = Action(
    "ask_papers",
    "Demander des pièces",
    by="act",
    demands={
        "message": Text("Ce qui manque", required=True, private=True),
    },
)
papers_in = Action(
    "papers_in",
    "Envoyer les pièces",
    by="resident",
    bulk=False,
    demands={
        "papers": Files("Les pièces", accept=PAPERS, required=True),
        "message": Text("Un mot", lines=3, private=True),
    },
)
give_up = Action("give_up", "Classer sans suite", by="system")
withdraw = Action("withdraw", "Retirer ma demande", by="resident", bulk=False)
reply = Action(
    "reply",
    "Ajouter un message",
    by="resident",
    bulk=False,
    demands={
        "message": Text("Votre message", required=True, lines=4, private=True),
    },
)
note = Action("note", "Noter", by="act", tells=False, demands={"note": Text("Note", required=True, private=True)})
tacit = Action("tacit", "Accordé par le silence", by="system")


class StreetParty(Service):
    """Fête de quartier: leave to close one's street for a day."""

    code = "street-party"
    name = "Fermer sa rue pour une fête"
    says = "Pour une fête de voisins, un vide-grenier ou un match, on peut demander à fermer sa rue une journée."
    words = "fête voisins rue barrière kermesse brocante vide-grenier"
    icon = "bus"
    owner = "mobility"
    minutes = 8
    applicants = ("person", "association")
    retention = "P2Y"
    promise = 15

    form = Form(
        Page(
            "who",
            "Qui demande",
            applicant=Party("Qui organise la fête ?", kinds=("person", "association"), required=True, prefill="applicant"),
            contact=Contact("Comment vous joindre ?", needs=("email",), required=True, prefill="contact"),
            home=Address("Votre adresse", prefill="home"),
        ),
        Page(
            "party",
            "La fête",
            kind=Choice("Que préparez-vous ?", {"meal": "Un repas", "sale": "Un vide-grenier", "match": "Un match"}, required=True),
            stalls=Number(
                "Combien de stands ?", whole=True, minimum=1, maximum=500, required=True, when=answer("kind").is_("sale")
            ),
            day=Day("Quel jour ?", required=True, earliest=15, latest=365),
            setting_up=Period("Installation et rangement"),
            music=YesNo("Y aura-t-il de la musique ?", required=True),
            until=Choice(
                "Jusqu'à quelle heure ?", {"22": "22 heures", "24": "minuit"}, when=answer("music").is_(True), required=True
            ),
        ),
        Page(
            "street",
            "La rue",
            hint="Le tronçon à fermer, d'un carrefour à l'autre.",
            where=Place("Où est-ce ?", required=True),
            plan=Files("Un plan du tronçon", accept=PAPERS, most=2, required=answer("kind").is_("sale")),
        ),
        Page(
            "budget",
            "Le budget",
            when=answer("applicant").given(),
            lines=Items(
                "Dépenses prévues",
                fields={"what": Text("Poste", required=True), "amount": Money("Montant", required=True)},
                totals=("amount",),
            ),
            total=Computed("Budget total", value=items("lines").sum(answer("amount")), as_="money"),
        ),
        Page(
            "sign",
            "Engagement",
            oath=Statement("Je m'engage à laisser passer les secours et à rendre la rue propre.", required=True),
        ),
    )
    eligibility = (
        Ineligible(
            answer("stalls") > 200,
            "Au-delà de 200 stands, la fête est une foire, que la commune autorise.",
            "Adressez-vous à la mairie de la commune.",
        ),
    )
    rules = {
        "delay": dated(Since("2017-01-01", months(2), source="CRPA, art. L231-1", verified=True)),
        "fee_ceiling": dated(Since("2020-01-01", money(150), source="À vérifier, art. 3")),
    }
    clocks = (
        Clock(
            "decision",
            "Réponse à la demande",
            lasts="delay",
            suspended_by="ask_papers",
            resumed_by="papers_in",
            stopped_by=("grant", "refuse", "withdraw", "give_up"),
            silence="tacit",
            means="approval",
            source="CRPA, art. L231-1",
            verified=True,
        ),
    )
    fees = (
        Fee(
            "barriers",
            "Location de barrières",
            lines=(
                FeeLine("Droit par stand", amount=answer("stalls") * money(2), when=answer("kind").is_("sale")),
                FeeLine("Barrières", amount=money(30)),
            ),
        ),
    )
    flow = Flow(
        step(
            "submitted",
            ask_papers >> "incomplete",
            grant >> "granted",
            refuse >> "refused",
            tacit >> "granted",
            label="Reçue",
            says="Nous examinons votre demande.",
        ),
        step(
            "incomplete",
            papers_in >> "submitted",
            give_up >> "withdrawn",
            grant >> "granted",
            refuse >> "refused",
            tacit >> "granted",
            pauses=True,
            waits=30,
            then="give_up",
            label="En attente de pièces",
            says="Il nous manque des pièces pour décider.",
        ),
        end("granted", label="Accordée", says="Vous pouvez fermer la rue ce jour-là."),
        end("refused", label="Refusée", says="La rue ne peut pas être fermée."),
        end("withdrawn", label="Retirée", says="La demande est close."),
        anywhere=(withdraw >> "withdrawn",),
        always=(*money_moves(), reply >> STAY, note >> STAY),
    )
