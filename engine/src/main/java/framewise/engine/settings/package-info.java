/**
 * Settings of a session: each field is declared once, and read, written and checked by its
 * declaration.
 */
@NullMarked
package framewise.engine.settings;

import org.jspecify.annotations.NullMarked;
