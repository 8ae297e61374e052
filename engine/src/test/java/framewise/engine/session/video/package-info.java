@NullMarked
package framewise.engine.session.video;

import org.jspecify.annotations.NullMarked;
