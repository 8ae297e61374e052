@NullMarked
package framewise.engine.notice;

import org.jspecify.annotations.NullMarked;
