/**
 * Circuits: when calls of a service stop, and how they start again.
 *
 * <p>{@link io.backstop.circuit.Circuit} is the state machine. It runs twice: once for the fleet,
 * in {@code CircuitCoordinator}, on the evidence of all instances, and once in every instance, in
 * {@code LocalCircuit}, so that an instance whose own calls fail stops without asking anybody.
 */
package io.backstop.circuit;
