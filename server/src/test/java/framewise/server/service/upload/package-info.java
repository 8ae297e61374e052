@NullMarked
package framewise.server.service.upload;

import org.jspecify.annotations.NullMarked;
