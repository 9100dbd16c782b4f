"""The room of long work: what was asked for, who has it in hand, how far it is."""
