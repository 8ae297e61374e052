/** Files over HTTP: static sites and parts of large files. */
@NullMarked
package framewise.server.http.file;

import org.jspecify.annotations.NullMarked;
