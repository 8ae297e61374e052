package framewise.engine.doctor;

/**
 * Something that is wrong with a data folder.
 *
 * @param what a sentence
 * @param remedy what a repair does about it, a sentence; empty where nothing needs to be done
 */
public record Finding(String what, String remedy) {}
