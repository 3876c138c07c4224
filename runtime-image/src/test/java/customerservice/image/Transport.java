package customerservice.image;

/** How a connection to the public listener carries its bytes. */
enum Transport {
    CLEAR,
    TLS
}
