/** Brokers that get notices over MQTT 5, with discovery for Home Assistant. */
@NullMarked
package framewise.engine.delivery.mqtt;

import org.jspecify.annotations.NullMarked;
