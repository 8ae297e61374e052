"""A WHIP sender: GStreamer's webrtcbin, plus the HTTP requests of RFC 9725. Argument: the URL to publish to."""
import sys
import urllib.request
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

Gst.init(None)
endpoint = sys.argv[1]
loop = GLib.MainLoop()
pipeline = Gst.parse_launch(
    "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1"
    " ! x264enc tune=zerolatency key-int-max=15 ! video/x-h264,profile=constrained-baseline"
    " ! rtph264pay config-interval=-1 aggregate-mode=zero-latency"
    " ! application/x-rtp,media=video,encoding-name=H264,payload=96"
    " ! webrtcbin name=peer bundle-policy=max-bundle"
)
peer = pipeline.get_by_name("peer")


def offered(promise, _):
    promise.wait()
    # Keep a reference: the reply must live as long as the objects taken from it.
    reply = promise.get_reply()
    offer = reply.get_value("offer")
    peer.emit("set-local-description", offer, Gst.Promise.new())


def negotiate(_):
    peer.emit("get-transceiver", 0).set_property(
        "direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY
    )
    peer.emit("create-offer", None, Gst.Promise.new_with_change_func(offered, None))


def gathered(_, __):
    if peer.get_property("ice-gathering-state") != GstWebRTC.WebRTCICEGatheringState.COMPLETE:
        return
    GLib.idle_add(publish)


def publish():
    offer = peer.get_property("local-description").sdp.as_text()
    request = urllib.request.Request(
        endpoint, offer.encode(), {"Content-Type": "application/sdp"}, method="POST"
    )
    with urllib.request.urlopen(request) as response:
        location, text = response.headers["Location"], response.read()
    _, sdp = GstSdp.SDPMessage.new()
    GstSdp.sdp_message_parse_buffer(text, sdp)
    answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
    peer.emit("set-remote-description", answer, Gst.Promise.new())
    print(location, flush=True)
    return False


def failed(_, message):
    if message.type == Gst.MessageType.ERROR:
        print(message.parse_error(), file=sys.stderr)
        loop.quit()


peer.connect("on-negotiation-needed", negotiate)
peer.connect("notify::ice-gathering-state", gathered)
bus = pipeline.get_bus()
bus.add_signal_watch()
bus.connect("message", failed)
pipeline.set_state(Gst.State.PLAYING)
loop.run()
sys.exit("the pipeline broke")
