"""Pure builders of figures: counts in, a Plotly figure out; they know neither Streamlit nor the database."""
