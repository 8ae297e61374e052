/**
 * HTTP exchanges with chat models: addresses, request bodies, replies and errors in three wire
 * formats.
 */
@NullMarked
package framewise.vision.chat.wire;

import org.jspecify.annotations.NullMarked;
