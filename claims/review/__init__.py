"""The room where claims are judged: assessments, the state that follows from them, rulings, progress."""
