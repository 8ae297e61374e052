/**
 * Bundles: one session in one file, to open it on another machine or to ask its questions again.
 */
@NullMarked
package framewise.engine.bundle;

import org.jspecify.annotations.NullMarked;
