"""Motions as documents that people read: one model, and a writer for each form.

made = document(data, council)               # of_motion: what the paper says, in its order
bound = booklet([...])                       # booklet: several of them with contents
text(made)  markdown(made)  html(made)       # a module each: from the model to a form
"""
