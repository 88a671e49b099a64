"""Services of the support departments (fonctions support): grants to associations, relations with the communes, data protection, the digital service desk,
residents' participation."""

from oppidum.services.support.association_grant import AssociationGrant
from oppidum.services.support.commune_request import CommuneRequest
from oppidum.services.support.commune_visit import CommuneVisit
from oppidum.services.support.data_breach import DataBreach
from oppidum.services.support.it_agreement import ItAgreement
from oppidum.services.support.it_ticket import ItTicket
from oppidum.services.support.participation.inquiry_register import InquiryRegister
from oppidum.services.support.participation.participatory_call import ParticipatoryCall
from oppidum.services.support.participation.participatory_vote import ParticipatoryVote
from oppidum.services.support.participation.public_inquiry import PublicInquiry
from oppidum.services.support.rights_request import RightsRequest

SERVICES = [
    AssociationGrant, CommuneRequest, CommuneVisit, DataBreach, InquiryRegister, ItAgreement, ItTicket, ParticipatoryCall, ParticipatoryVote, PublicInquiry,
    RightsRequest,
]
