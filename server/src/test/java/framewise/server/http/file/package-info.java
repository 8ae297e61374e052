@NullMarked
package framewise.server.http.file;

import org.jspecify.annotations.NullMarked;
