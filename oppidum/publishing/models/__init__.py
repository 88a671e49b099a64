from oppidum.publishing.models.dataset import DatasetRun, DatasetUse, DatasetVersion, OutsideDataset
from oppidum.publishing.models.letterhead import Correspondent, Letterhead, TownHall
from oppidum.publishing.models.paper import Paper, PrintChunk, PrintRun
from oppidum.publishing.models.report import (
    ReportEdition,
    ReportFile,
    ReportHighlight,
    ReportText,
    ReportTextChange,
    TextState,
)
from oppidum.publishing.models.signing import Absence, SignatureDelegation, SigningPost

__all__ = [
    "Absence",
    "Correspondent",
    "DatasetRun",
    "DatasetUse",
    "DatasetVersion",
    "Letterhead",
    "OutsideDataset",
    "Paper",
    "PrintChunk",
    "PrintRun",
    "ReportEdition",
    "ReportFile",
    "ReportHighlight",
    "ReportText",
    "ReportTextChange",
    "SignatureDelegation",
    "SigningPost",
    "TextState",
    "TownHall",
]
