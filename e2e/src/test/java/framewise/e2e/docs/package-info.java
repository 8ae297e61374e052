/** The examples of the README and the documents. */
@NullMarked
package framewise.e2e.docs;

import org.jspecify.annotations.NullMarked;
