package org.reactivestreams;

/**
 * Bears the name of the interface by which a reactive result is recognised.
 */
public interface Publisher {

}
