/** Notices: what people and systems outside are to learn, stored together with its cause. */
@NullMarked
package framewise.engine.notice;

import org.jspecify.annotations.NullMarked;
