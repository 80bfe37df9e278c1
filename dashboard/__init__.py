"""The leader's screen: reads one published snapshot, computes no KPI.

Layers, each importing only what stands below it:

    app, screens      selection + data + blocks
    layout, filter_bar, snapshots        the parts that speak to Streamlit
    queries           SQL on the snapshot, each answer cut to a Scope
    charts, markup    figures → Vega dictionaries, figures → escaped HTML
    filters, text, theme, model          pure: state ↔ address, sentences, colours, dataclasses
"""
