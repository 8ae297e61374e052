@NullMarked
package framewise.server.service.v1beta;

import org.jspecify.annotations.NullMarked;
