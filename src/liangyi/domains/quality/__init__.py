"""Goals, indicators, inspections, incidents, risks, improvement, emergencies."""
