/**
 * Settings of a session. Each field is declared once; its declaration is used to read, write and
 * check it.
 */
@NullMarked
package framewise.engine.settings;

import org.jspecify.annotations.NullMarked;
