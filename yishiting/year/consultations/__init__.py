"""征求 Consultations: opinion consultations with their map, and questionnaires."""
