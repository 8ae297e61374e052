package framewise.webrtc;

import framewise.media.network.AddressRule;
import framewise.webrtc.sdp.MediaSection;
import framewise.webrtc.sdp.SdpRefusedException;
import java.util.List;
import java.util.Optional;

/**
 * A receiver whose peer negotiates in steps, as LiveKit's clients do: each of its offers is
 * answered with {@link #negotiate} instead of {@link #answer}. Thread-safe.
 */
public interface StepwiseReceiver extends Receiver {
  /**
   * Our part of one step of a negotiation.
   *
   * @param answer for the remote peer
   * @param video the section of the video that is received from now on; empty while none is
   * @param others sections of further video that the peer wants to send, which is not received
   */
  record NegotiationResult(String answer, Optional<MediaSection> video, List<MediaSection> others) {
    public NegotiationResult {
      others = List.copyOf(others);
    }
  }

  /**
   * Answers one of several offers of a peer that negotiates in steps: the first may have no video,
   * and later ones may add, replace or end it, or restart ICE. Of a simulcast only the largest
   * layer is accepted. After a refusal, the receiver can only be closed.
   *
   * @param rule which addresses of the offer may be tried, as in {@link #answer}
   * @throws SdpRefusedException when the offer is unusable; the message is for its sender
   * @throws framewise.media.memory.MemoryExhaustedException when the memory budget has no room for
   *     another connection
   * @throws PeerFault when no address was found, or its sockets could not be opened
   */
  NegotiationResult negotiate(String offer, AddressRule rule)
      throws SdpRefusedException, InterruptedException;

  /**
   * Tries an address that a peer which negotiates in steps has found later (trickle ICE). One that
   * is malformed, may not be tried, or is one too many is ignored: the peer can reach our
   * addresses.
   *
   * @param text the candidate, with or without {@code a=}
   * @param rule which addresses may be tried
   */
  void candidate(String text, AddressRule rule);

  /**
   * Whether the peer, which negotiates in steps, sends no pictures for now. It does not count as
   * silent meanwhile.
   */
  void pause(boolean paused);
}
