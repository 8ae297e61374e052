@NullMarked
package framewise.engine.delivery.mqtt;

import org.jspecify.annotations.NullMarked;
