/**
 * Session back end for servers of vLLM-Omni: pictures go there over a WebSocket one by one, and
 * answers come back when the model has them. {@link framewise.vision.vllmomni.VllmOmniBackend} is
 * the back end, {@link framewise.vision.vllmomni.OmniSession} one session.
 */
@NullMarked
package framewise.vision.vllmomni;

import org.jspecify.annotations.NullMarked;
