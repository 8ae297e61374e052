/** Notices to people and external systems, stored together with their cause. */
@NullMarked
package framewise.engine.notice;

import org.jspecify.annotations.NullMarked;
