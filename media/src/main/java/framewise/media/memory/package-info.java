/** The budget for memory outside the Java heap, and what decoders take of it. */
@NullMarked
package framewise.media.memory;

import org.jspecify.annotations.NullMarked;
