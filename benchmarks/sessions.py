"""Many visitors at once, speaking Streamlit's own protocol without a browser."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.browser import Target
from benchmarks.server import Server


@dataclass(frozen=True, slots=True)
class Load:
    """What the server sustained: reruns a second over all visitors, median milliseconds of one rerun."""

    reruns_per_second: float
    median_ms: float


@dataclass(frozen=True, slots=True)
class Control:
    """Where the control is in the page's protocol; the fragment is empty when it is outside one."""

    widget: str
    fragment: str
    page: str


def load(server: Server, target: Target, visitors: int, clicks: int) -> Load:
    """Let `visitors` click `clicks` times each with no pause between answer and next click."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, _load(server, target, visitors, clicks)).result()


async def _load(server: Server, target: Target, visitors: int, clicks: int) -> Load:
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    sockets = [await _connect(address) for _ in range(visitors)]
    controls = [await _first_run(socket, target) for socket in sockets]
    start = time.perf_counter()
    work = [
        _click(s, c, target.options, clicks, turn) for turn, (s, c) in enumerate(zip(sockets, controls, strict=True))
    ]
    times = [seconds for visitor in await asyncio.gather(*work) for seconds in visitor]
    elapsed = time.perf_counter() - start
    for socket in sockets:
        await socket.close()
    return Load(len(times) / elapsed, 1000 * median(times))


async def _connect(address: str) -> ClientConnection:
    return await connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None)


async def _first_run(socket: ClientConnection, target: Target) -> Control:
    await socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
    messages = await _until_finished(socket)
    page = next(m.new_session.page_script_hash for m in messages if m.WhichOneof("type") == "new_session")
    for message in messages:
        group = message.delta.new_element.button_group
        if group.label == target.control:
            return Control(group.id, message.delta.fragment_id, page)
    raise LookupError(f"{target.name} has no control labelled {target.control!r}")


async def _click(
    socket: ClientConnection, control: Control, options: Sequence[str], clicks: int, turn: int
) -> list[float]:
    times = []
    for click in range(1, clicks + 1):
        state = ClientState(fragment_id=control.fragment, page_script_hash=control.page)
        chosen = state.widget_states.widgets.add(id=control.widget)
        chosen.string_array_value.data.append(options[(click + turn) % len(options)])
        start = time.perf_counter()
        await socket.send(BackMsg(rerun_script=state).SerializeToString())
        await _until_finished(socket)
        times.append(time.perf_counter() - start)
    return times


async def _until_finished(socket: ClientConnection) -> list[ForwardMsg]:
    messages: list[ForwardMsg] = []
    while not messages or messages[-1].WhichOneof("type") != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(await socket.recv())
        messages.append(message)
    return messages
