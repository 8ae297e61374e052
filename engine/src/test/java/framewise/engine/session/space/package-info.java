/** Retention, quotas and full disks. */
@NullMarked
package framewise.engine.session.space;

import org.jspecify.annotations.NullMarked;
