/** Back ends that take the stream of pictures. */
@NullMarked
package framewise.engine.session.stream;

import org.jspecify.annotations.NullMarked;
