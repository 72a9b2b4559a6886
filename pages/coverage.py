"""stub"""
import streamlit as st
from pages.components import scope
scope.choose()
st.title("coverage")
