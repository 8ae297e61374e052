/** Tools of a client that a model may call instead of answering. */
@NullMarked
package framewise.vision.tool;

import org.jspecify.annotations.NullMarked;
