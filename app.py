"""Early Help Atlas: page configuration and navigation."""

import streamlit as st

from analysis.refusal import Refusal
from analysis.sources.catalogue import CatalogueError
from pages.components import account, cached, meeting_link, other_council, roles, saved_view, scope, style

st.set_page_config(page_title="Early Help Atlas", page_icon="static/icon.svg", layout="wide", initial_sidebar_state=340)
style.apply()

try:
    roles.check()
except Refusal as refused:
    st.error(f"The atlas has not started. {refused}")
    st.stop()
try:
    cached.shipped()
except CatalogueError as error:
    st.error("The atlas has not started, because its data files are not as declared.")
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()

page = st.navigation(
    {
        "": [
            st.Page("pages/overview.py", title="Overview", icon=":material/balance:", default=True),
        ],
        "Need": [
            st.Page("pages/deprivation.py", title="Deprivation", icon=":material/layers:"),
            st.Page("pages/need_index.py", title="Need index", icon=":material/tune:"),
            st.Page("pages/toxic_trio.py", title="Toxic trio", icon=":material/family_restroom:"),
        ],
        "Provision": [
            st.Page("pages/coverage.py", title="Service coverage", icon=":material/grid_on:"),
            st.Page("pages/activity.py", title="Activity", icon=":material/bar_chart:"),
            st.Page("pages/met_need.py", title="Met need", icon=":material/percent:"),
            st.Page("pages/access.py", title="Access", icon=":material/directions_walk:"),
            st.Page("pages/what_if.py", title="What if", icon=":material/move_down:"),
            st.Page("pages/own_return.py", title="Your return", icon=":material/upload_file:"),
        ],
        "Places": [
            st.Page("pages/ward.py", title="Ward", icon=":material/location_on:"),
            st.Page("pages/localities.py", title="Localities", icon=":material/join:"),
            st.Page("pages/compare.py", title="Compare", icon=":material/compare_arrows:"),
        ],
        "Evidence": [
            st.Page("pages/indicators.py", title="Indicators", icon=":material/monitoring:"),
            st.Page("pages/practitioner_voice.py", title="Practitioner voice", icon=":material/forum:"),
            st.Page("pages/outcomes.py", title="Outcomes", icon=":material/flag:"),
            st.Page("pages/costs.py", title="Costs", icon=":material/payments:"),
            st.Page("pages/sources.py", title="Sources", icon=":material/menu_book:"),
            st.Page("pages/update.py", title="Update", icon=":material/update:"),
        ],
        "Decide": [
            st.Page("pages/meeting.py", title="Meeting", icon=":material/co_present:"),
            st.Page("pages/decisions.py", title="Decisions", icon=":material/gavel:"),
            st.Page("pages/reports.py", title="Reports", icon=":material/description:"),
        ],
    },
    position="top",
)
account.refuse_outsiders()
scope.begin(page.url_path)
meeting_link.follow_if_asked()
trouble = cached.pin(scope.edition(), scope.council())
if trouble:
    st.warning(trouble, icon=":material/cloud_off:")
account.banner()
if not other_council.stands_in(page.url_path, page.title):
    page.run()
scope.end()
meeting_link.offer(page.url_path)
saved_view.offer()
account.foot()
