"""Classes of states in style sheets."""

CSS_OF_STATE = {"held": "held", "vacant": "vacant", "not recorded": "unrecorded"}
