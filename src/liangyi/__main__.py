from liangyi.config.cli import main

main()
