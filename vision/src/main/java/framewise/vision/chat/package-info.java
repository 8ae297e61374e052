/**
 * What the back ends have in common that send pictures to a chat model of somebody else: the
 * message, the answer, the trouble.
 */
@NullMarked
package framewise.vision.chat;

import org.jspecify.annotations.NullMarked;
