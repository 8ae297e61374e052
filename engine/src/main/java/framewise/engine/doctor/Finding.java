package framewise.engine.doctor;

/**
 * Problem found in a data folder.
 *
 * @param what a sentence
 * @param remedy what a repair does about it, a sentence; empty where nothing needs repair
 */
public record Finding(String what, String remedy) {}
