package framewise.engine.cluster;

/**
 * What makes a node one of several.
 *
 * @param address host and process, for people
 * @param url where other nodes reach it, without a path
 * @param version of the program
 */
public record Membership(String address, String url, String version) {}
