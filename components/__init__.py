"""The Streamlit pieces: what is on the screen, one module per thing."""
