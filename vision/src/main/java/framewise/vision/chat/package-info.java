/**
 * The common parts of back ends that send pictures to another party's chat model: messages,
 * answers, errors.
 */
@NullMarked
package framewise.vision.chat;

import org.jspecify.annotations.NullMarked;
