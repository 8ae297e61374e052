package framewise.engine.cluster;

/**
 * How a node presents itself to the other nodes of a cluster.
 *
 * @param address host and process, for people
 * @param url where other nodes reach it, without a path
 * @param version of the program
 */
public record Membership(String address, String url, String version) {}
