"""Mobility and public space: the services of the directorate of mobility."""

from oppidum.services.mobility.school_transport import SchoolTransport

SERVICES = [SchoolTransport]
