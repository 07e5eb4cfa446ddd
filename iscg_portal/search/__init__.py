"""The index of everything public: one text for each record, folded alike on both databases (decision 36)."""
